;; Stores take immediates and registers.
(module
  (memory 1)
  (func (param i32 i64 f32)
    local.get 0
    i32.const 7
    i32.store
    local.get 0
    local.get 1
    i64.store16 offset=2
    local.get 0
    local.get 2
    f32.store offset=8))

;; Code
;; function 0
;;   prologue
;;     | 0000  55                              push rbp
;;     | 0001  48 89 e5                        mov rbp, rsp
;;     | 0004  41 56                           push r14
;;     | 0006  4c 8d 9c 24 b8 ff ff ff         lea r11, [rsp - 72]
;;     | 000e  4d 3b 1e                        cmp r11, [r14]
;;     | 0011  0f 82 24 00 00 00               jb +0x3b
;;     | 0017  4c 89 dc                        mov rsp, r11
;;     | 001a  49 89 f1                        mov r9, rsi
;;     | 001d  49 89 fa                        mov r10, rdi
;;     | 0020  44 0f 28 c0                     movaps xmm8, xmm0
;;   local.get 0
;;   i32.const 7
;;   i32.store
;;     | 0024  43 c7 04 17 07 00 00 00         mov dword ptr [r15 + r10], 7
;;   local.get 0
;;   local.get 1
;;   i64.store16 offset=2
;;     | 002c  66 47 89 4c 17 02               mov [r15 + r10 + 2], r9w
;;   local.get 0
;;   local.get 2
;;   f32.store offset=8
;;     | 0032  f3 47 0f 11 44 17 08            movss [r15 + r10 + 8], xmm8
;;   end
;;     | 0039  c9                              leave
;;     | 003a  c3                              ret
;;   behind the function
;;     | 003b  0f 0b                           ud2
