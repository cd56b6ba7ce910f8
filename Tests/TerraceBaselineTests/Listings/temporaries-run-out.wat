;; Five temporaries serve expressions. The sixth value sends the deepest one to its slot in the frame.
(module
  (func (param i32) (result i32)
    (i32.eqz (local.get 0))
    (i32.clz (local.get 0))
    (i32.ctz (local.get 0))
    (i32.popcnt (local.get 0))
    (i32.extend8_s (local.get 0))
    (i32.extend16_s (local.get 0))
    i32.add
    i32.add
    i32.add
    i32.add
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 35 00 00 00               jb 0x4c
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 fb                        mov rbx, rdi
;;   local.get 0
;;   i32.eqz
;;     | 001d  85 db                           test ebx, ebx
;;     | 001f  40 0f 94 c7                     sete dil
;;     | 0023  40 0f b6 ff                     movzx edi, dil
;;   local.get 0
;;   i32.clz
;;     | 0027  f3 0f bd f3                     lzcnt esi, ebx
;;   local.get 0
;;   i32.ctz
;;     | 002b  f3 0f bc d3                     tzcnt edx, ebx
;;   local.get 0
;;   i32.popcnt
;;     | 002f  f3 0f b8 cb                     popcnt ecx, ebx
;;   local.get 0
;;   i32.extend8_s
;;     | 0033  0f be c3                        movsx eax, bl
;;   local.get 0
;;   i32.extend16_s
;;     | 0036  89 7d e8                        mov dword ptr [rbp - 24], edi
;;     | 0039  0f bf fb                        movsx edi, bx
;;   i32.add
;;     | 003c  01 f8                           add eax, edi
;;   i32.add
;;     | 003e  01 c1                           add ecx, eax
;;   i32.add
;;     | 0040  01 ca                           add edx, ecx
;;   i32.add
;;     | 0042  01 d6                           add esi, edx
;;   i32.add
;;     | 0044  03 75 e8                        add esi, dword ptr [rbp - 24]
;;   end
;;     | 0047  48 89 f0                        mov rax, rsi
;;     | 004a  c9                              leave
;;     | 004b  c3                              ret
;;   behind the function
;;     | 004c  0f 0b                           ud2
