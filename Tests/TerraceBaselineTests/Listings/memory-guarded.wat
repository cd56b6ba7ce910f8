;; Memory 0, 32-bit with 64 KiB pages: r15 is its base, any index plus offset lands in reserved address space, and a load
;; is one instruction whose fault is the trap.
(module
  (memory 1)
  (func (param i32) (result i32)
    local.get 0
    i32.load offset=16
    local.get 0
    i32.load8_u offset=3
    i32.add))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 c8 ff ff ff         lea r11, [rsp - 56]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 18 00 00 00               jb +0x2f
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 fa                        mov r10, rdi
;;   local.get 0
;;   i32.load offset=16
;;     | 001d  43 8b 7c 17 10                  mov edi, [r15 + r10 + 16]
;;   local.get 0
;;   i32.load8_u offset=3
;;     | 0022  43 0f b6 74 17 03               movzx esi, byte ptr [r15 + r10 + 3]
;;   i32.add
;;     | 0028  01 f7                           add edi, esi
;;   end
;;     | 002a  48 89 f8                        mov rax, rdi
;;     | 002d  c9                              leave
;;     | 002e  c3                              ret
;;   behind the function
;;     | 002f  0f 0b                           ud2
