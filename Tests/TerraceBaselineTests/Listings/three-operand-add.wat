;; An addition whose operands must survive is a lea, which has a destination of its own.
(module
  (func (param i32 i32 i32) (result i32)
    local.get 0
    local.get 1
    i32.add
    local.set 2
    local.get 2
    i32.const 8
    i32.add
    local.get 0
    i32.const 4
    i32.sub
    i32.xor
    local.get 2
    i32.or))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, qword ptr [r14]
;;     | 0011  0f 82 21 00 00 00               jb 0x38
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  48 89 d3                        mov rbx, rdx
;;     | 001d  49 89 fc                        mov r12, rdi
;;     | 0020  49 89 f5                        mov r13, rsi
;;   local.get 0
;;   local.get 1
;;   i32.add
;;   local.set 2
;;     | 0023  43 8d 1c 2c                     lea ebx, [r12 + r13]
;;   local.get 2
;;   i32.const 8
;;   i32.add
;;     | 0027  8d 7b 08                        lea edi, [rbx + 8]
;;   local.get 0
;;   i32.const 4
;;   i32.sub
;;     | 002a  41 8d 74 24 fc                  lea esi, [r12 - 4]
;;   i32.xor
;;     | 002f  31 f7                           xor edi, esi
;;   local.get 2
;;   i32.or
;;     | 0031  09 df                           or edi, ebx
;;   end
;;     | 0033  48 89 f8                        mov rax, rdi
;;     | 0036  c9                              leave
;;     | 0037  c3                              ret
;;   behind the function
;;     | 0038  0f 0b                           ud2
